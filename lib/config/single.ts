/**
 * One value per process, made on first use. Next gives a route handler, a server action and the
 * instrumentation their own copy of each module, so whatever must be single hangs on `globalThis`.
 */
export function single<T>(name: string, make: () => T): T {
  const singles = allSingles()
  if (!singles.has(name)) singles.set(name, make())
  return singles.get(name) as T
}

/** The single value if it was made already; never makes it. */
export function findSingle<T>(name: string): T | undefined {
  return allSingles().get(name) as T | undefined
}

/** Puts a value in the place of a single one: for tests, and for the process that ends. */
export function replaceSingle<T>(name: string, value: T | undefined): void {
  if (value === undefined) allSingles().delete(name)
  else allSingles().set(name, value)
}

/** Forgets every single value, so that each is made anew: for tests that change the data folder. */
export function forgetSingles(): void {
  allSingles().clear()
}

function allSingles(): Map<string, unknown> {
  const global = globalThis as unknown as { polluxSingles?: Map<string, unknown> }
  global.polluxSingles ??= new Map()
  return global.polluxSingles
}
