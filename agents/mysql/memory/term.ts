import type { ServerVersion } from '../version'

/** One part of the bar: what it is, how many bytes, and how they come about. */
export interface Part {
  id: string
  label: string
  bytes: number
  /** For people: `10 × 256K`. */
  formula: string
}

/** Looks up what a server would have: the value that is asked, else the version's default; 0 where it has no such variable. */
export interface Lookup {
  version: ServerVersion
  number(name: string): number
  isOn(name: string): boolean
  has(name: string): boolean
}

/** What one part of the server's memory comes to. */
export interface Term {
  id: string
  label: string
  /** Why it is counted so; each is an assumption of the model. */
  assumption: string
  count(look: Lookup): { bytes: number; formula: string }
}
