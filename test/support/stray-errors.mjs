/** Loaded into a program with `node --import`: at SIGUSR2 something fails in it that nobody waits for or has caught. */

process.on('SIGUSR2', () => {
  Promise.reject(new Error('a stray rejection'));
  setImmediate(() => {
    throw new Error('a stray exception');
  });
});
