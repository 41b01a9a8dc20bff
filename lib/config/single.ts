/**
 * One value per process, made on first use. Next gives a route handler, a server action and the
 * instrumentation their own copy of each module, so whatever must be single hangs on `globalThis`.
 */
export function single<T>(name: string, make: () => T): T {
  const store = globalThis as unknown as { polluxSingles?: Map<string, unknown> }
  store.polluxSingles ??= new Map()
  if (!store.polluxSingles.has(name)) store.polluxSingles.set(name, make())
  return store.polluxSingles.get(name) as T
}

/** Puts a value in the place of a single one: for tests, and for the process that ends. */
export function replaceSingle<T>(name: string, value: T | undefined): void {
  const store = globalThis as unknown as { polluxSingles?: Map<string, unknown> }
  store.polluxSingles ??= new Map()
  if (value === undefined) store.polluxSingles.delete(name)
  else store.polluxSingles.set(name, value)
}
