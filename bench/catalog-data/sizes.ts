/** How large a generated catalog is. */
export interface CatalogSize {
  clients: number
  pools: number
  volumes: number
  jobs: number
  jobMedia: number
  files: number
  /** Rows of Filename in the older schema; in the newer one the names of File are drawn from as many. */
  filenames: number
  paths: number
  logLines: number
}

export const catalogSizes = {
  small: {
    clients: 6,
    pools: 6,
    volumes: 60,
    jobs: 800,
    jobMedia: 3000,
    files: 20_000,
    filenames: 3000,
    paths: 1500,
    logLines: 5000,
  },
  /** The article's: its 140 volumes, its counts of Filename and Path, and the five million rows that its author tells of. */
  author: {
    ...{ clients: 2, pools: 6, volumes: 140, jobs: 1200, jobMedia: 3600, files: 5_000_000 },
    ...{ filenames: 885_527, paths: 546_784, logLines: 12_000 },
  },
  large: {
    ...{ clients: 500, pools: 200, volumes: 50_000, jobs: 150_000, jobMedia: 2_000_000, files: 20_000_000 },
    ...{ filenames: 1_500_000, paths: 900_000, logLines: 1_200_000 },
  },
} as const satisfies Record<string, CatalogSize>

export type SizeName = keyof typeof catalogSizes

/** Bacula 9's schema has the table Filename; from 11 on a file's name stands in File. Both as the last release of theirs. */
export type CatalogShape = 16 | 1026

export interface CatalogOptions {
  size: CatalogSize
  shape: CatalogShape
  /** When the last job ended, in seconds since 1970. Times are written in UTC. */
  now: number
  seed: number
}
