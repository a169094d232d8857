/** A database of sqlite is whole, whatever a session does and whoever writes to it meanwhile. */

import { it } from 'vitest';
import { EXTREMES, onEveryPython, PYTHONS } from '../../support/pythons.ts';
import { playStory } from '../../support/story.ts';
import { DATABASES, KEPT, UNDONE } from './database-stories.ts';

const ONE = PYTHONS.filter(({ version }) => version === (process.env.PYREPL3_FILES_PYTHON ?? '3.11'));

onEveryPython(
  'sqlite',
  (python) => {
    it.each(Object.entries(DATABASES))('%s', async (_, story) => {
      await playStory(python, story);
    });
  },
  ONE,
);

onEveryPython(
  'sqlite, in short',
  (python) => {
    it('has its lock again, or is not written to', async () => {
      await playStory(python, KEPT);
      await playStory(python, UNDONE);
    });
  },
  EXTREMES,
);
