/** What `electron` is in the folders that must run without it: nothing can be imported from here. */

export {};
