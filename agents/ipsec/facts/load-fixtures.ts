import { readFileSync } from 'node:fs'
import type { RawReading } from '@/lib/agent'

/** A host's raw readings as they are kept in `fixtures` ("quince"): what a map was is `{"map": [[key, value], …]}` there. */
export function loadFixture(name: string): Record<string, RawReading> {
  const text = readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')
  return JSON.parse(text, (_, value) => (isMap(value) ? new Map(value.map) : value))
}

function isMap(value: unknown): value is { map: [string, unknown][] } {
  return typeof value === 'object' && value !== null && 'map' in value && Array.isArray(value.map)
}
