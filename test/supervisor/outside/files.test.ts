/** What stands in a file is what the program wrote, once, and a changed file is not written over. */

import { it } from 'vitest';
import { OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { playStory } from '../../support/story.ts';
import { CHANGED, WRITTEN } from './file-stories.ts';

onPythons(ONE, 'what is written', (python) => {
  it.each(Object.entries(WRITTEN))('%s', async (_, story) => {
    await playStory(python, story);
  });
});

onPythons(ONE, 'a file that has changed', (python) => {
  it.each(Object.entries(CHANGED))('%s', async (_, story) => {
    await playStory(python, story);
  });
});

onPythons(OLD_AND_NEW, 'files, in short', (python) => {
  it('are written once, and not over a change', async () => {
    await playStory(python, WRITTEN['text that is flushed twice'] + CHANGED['for reading and writing']);
  });
});
