/** One file as it is to stand. */
export interface PairFile {
  path: string
  bytes: string
}

/** The files by which a daemon keeps one pair. */
export interface PairFiles {
  publicKey: PairFile
  connection: PairFile
  /** Says that the kernel shall ask for the connection: written once it was proved. Its section joins the connection's. */
  trap: PairFile
}
