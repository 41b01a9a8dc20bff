// Stands in for `server-only` outside Next, where that package refuses to load.
export {}
