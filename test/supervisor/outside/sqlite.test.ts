/** A database of sqlite is whole, whatever a session does and whoever writes to it meanwhile. */

import { it } from 'vitest';
import { OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { playStory } from '../../support/story.ts';
import { DATABASES, KEPT, UNDONE } from './database-stories.ts';

onPythons(ONE, 'sqlite', (python) => {
  it.each(Object.entries(DATABASES))('%s', async (_, story) => {
    await playStory(python, story);
  });
});

onPythons(OLD_AND_NEW, 'sqlite, in short', (python) => {
  it('has its lock again, or is not written to', async () => {
    await playStory(python, KEPT);
    await playStory(python, UNDONE);
  });
});
