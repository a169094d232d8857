/** Imported before a library that reads its table as if each buffer began at offset 0 of its memory; those of Node's pool do not. */

Buffer.poolSize = 0;
