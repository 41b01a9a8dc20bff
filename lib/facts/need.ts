import type { CheapFacts, DeepFacts } from './host/host-facts'

/** Something about a host that needs a person. */
export interface Need {
  /** The same for the same trouble from one reading to the next: "file-system:/var". */
  id: string
  kind:
    | 'reach'
    | 'units'
    | 'file-system'
    | 'inodes'
    | 'read-only'
    | 'reboot'
    | 'updates'
    | 'certificate'
    | 'clock'
    | 'memory'
  /** `not-known`: the host could not tell, so that silence is never taken for health. */
  level: 'now' | 'soon' | 'not-known'
  /** A sentence for the list: "/var is 96 % full". */
  title: string
  /** What it rests on, with figures. */
  evidence: string
}

/** A tier as it was read, with the dashboard's clock (ms since 1970). */
export interface TierReading<Facts> {
  readAt: number
  facts: Facts
}

/** What is known of a host when its needs are asked for. */
export interface HostState {
  name: string
  reach: { reached: true } | { reached: false; since: number | null; reason: string }
  cheap: TierReading<CheapFacts> | null
  deep: TierReading<DeepFacts> | null
  /** An earlier cheap reading, some hours or days older, for what grows; null when there is none. */
  previous: TierReading<CheapFacts> | null
}
