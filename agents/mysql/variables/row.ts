/** How a value is written and compared. Sizes are bytes and take K, M and G; a boolean is ON or OFF, or 1 and 0. */
export type Kind = 'size' | 'integer' | 'real' | 'boolean' | 'enum' | 'set' | 'path' | 'string'

/**
 * The first version that has something: '10.9'; '' for every version that the table covers. Several with spaces between
 * ('10.11.12 11.4.6') where it came into more than one series: each holds for its own series, the newest for all later ones.
 */
export type Since = string

/** One value, or what it moved to: `{ '': '1M', '5.5': '8M' }`, in the order of the versions. */
export type Moving<Value> = Value | { readonly [since: Since]: Value }

/** What one flavour knows of a variable. */
export interface Life {
  /** Left out: as long as the table reaches. */
  since?: Since
  /** From here on the server takes the option and does nothing with it. */
  doesNothing?: Since
  /** From here on the server does not start with the option. */
  removed?: Since
  /** As an option file would say it; null where the server computes it, or has none. */
  default: Moving<string | null>
  /** What the server raises a lower value to. */
  min?: Moving<string>
  /** Below this the server takes the value, and then does not start. */
  startsFrom?: Moving<string>
  /** What the server cuts a higher value to; left out or 'none' where that is more than any machine has. */
  max?: Moving<string>
  /** The server rounds down to a multiple of this. */
  block?: Moving<string>
  /** The words that it takes, with spaces between. */
  words?: Moving<string>
  /** `SET GLOBAL` works from here on; left out where only a restart changes it. */
  dynamic?: Since
}

export interface VariableRow {
  /** As `SHOW GLOBAL VARIABLES` says it: lower case, underscores. */
  name: string
  kind: Kind
  /** Both: the global value is what new sessions begin with. */
  scope: 'global' | 'both'
  /** The page of either manual; the variable stands on it under its own name. */
  page: Page
  /** The name that took its place. */
  replacedBy?: string
  /** Null: this flavour never had it. */
  mysql: Life | null
  mariadb: Life | null
}

export interface Page {
  mysql: string
  mariadb: string
}
