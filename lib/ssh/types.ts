import type { Duplex } from 'node:stream'
import type { Argv } from '@/lib/agent'

/** A host key that a person confirmed. */
export interface PinnedKey {
  /** The key's type as its wire blob names it: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, `ssh-dss`. */
  algorithm: string
  /** The wire blob, base64: the second word of a public key line. */
  key: string
  /** `SHA256:…` as `ssh-keygen -l` prints it. */
  fingerprint: string
}

export type SshAuth = { kind: 'key'; privateKey: string; passphrase?: string } | { kind: 'password'; password: string }

/** `legacy` adds SHA-1 groups, CBC ciphers, SHA-1 and MD5 MACs, `ssh-rsa` and `ssh-dss`: a person's choice, per host. */
export type SshProfile = 'modern' | 'legacy'

/** How commands become root: the login is root, sudo does it, or they cannot. */
export type SshPrivilege = 'root' | 'sudo' | 'none'

/** All that is needed to log in to a host. Holds secrets: never log or store it. */
export interface SshTarget {
  hostId: string
  /** The host's name in the inventory, for sentences. */
  name: string
  /** An IP address or a DNS name. */
  address: string
  port: number
  user: string
  auth: SshAuth
  sudoPassword?: string
  hostKeys: readonly PinnedKey[]
  profile: SshProfile
  privilege: SshPrivilege
  jump?: SshTarget
  /** Changes whenever anything above changes; the pool drops connections of an older revision. */
  revision: string
}

export interface CommandOptions {
  /** Milliseconds for the command itself, once it is on its way (connecting has its own limit). Default 60 s. */
  timeoutMs?: number
  /** Most bytes of standard output that are kept (default 8 MiB); one more ends the command and sets `truncated`. */
  maxBytes?: number
  /** Ends the command; the result says `canceled`. */
  signal?: AbortSignal
  /** Run as root: by the login itself or through sudo, as the target's `privilege` says. */
  privileged?: boolean
  /** What the command reads on standard input; nothing by default. */
  input?: Buffer | string
  /** Sees standard output as it comes. */
  onStdout?(chunk: Buffer): void
}

/** A script is standard input itself, so it has no other. */
export type ScriptOptions = Omit<CommandOptions, 'input'>

/** Where a host connects to, as the host itself names it. */
export interface TcpPlace {
  host: string
  port: number
}

export interface TcpOptions {
  /** Milliseconds for the connection from the host, once the host is reached. Default 15 s. */
  timeoutMs?: number
  /** Gives up as long as the connection is not there. */
  signal?: AbortSignal
}

/** One shape for every end of a command; flags, never message matching. */
export interface CommandResult {
  /** null when a signal, a timeout, a cancel or the output cap ended it. */
  exitCode: number | null
  /** `SIGTERM` and the like, when the host said so. */
  signal: string | null
  stdout: Buffer
  /** At most 64 KiB, decoded as UTF-8. */
  stderr: string
  truncated: boolean
  timedOut: boolean
  canceled: boolean
  durationMs: number
}

/** The steps of reaching a host, in the order in which a connection test shows them. */
export const connectionStages = [
  'name',
  'route',
  'port',
  'key-exchange',
  'host-key',
  'login',
  'privilege',
  'shell',
] as const

export type ConnectionStage = (typeof connectionStages)[number]

export interface StageReport {
  stage: ConnectionStage
  state: 'ok' | 'failed' | 'not-reached'
  /** What was found, or what is wrong and what to do. Plain text; may quote the host, so show it as text. */
  message: string
}

export interface ConnectionReport {
  ok: boolean
  stages: readonly StageReport[]
  /** Set when the key exchange failed and the legacy profile would have worked. Only a person takes it. */
  suggestedProfile: 'legacy' | null
  /** What the host offers and the modern profile lacks, by kind, when the key exchange failed for that. */
  missingAlgorithms: readonly MissingAlgorithms[]
  durationMs: number
}

export interface MissingAlgorithms {
  kind: 'key exchange' | 'host key' | 'cipher' | 'integrity check' | 'compression'
  /** What the host offers. */
  offered: readonly string[]
}

export interface SshPoolOptions {
  /** Kept connections, all hosts together. Default 512. */
  maxConnections?: number
  /** Milliseconds after which a connection without use is closed. Default 10 minutes. */
  idleMs?: number
  /** Milliseconds for name, TCP connection, key exchange and login together. Default 15 s modern, 60 s legacy. */
  connectTimeoutMs?: number
  /** Commands at a time per host. Default 6, as OpenSSH's MaxSessions is 10. */
  maxChannels?: number
  /** Handshakes at a time, all hosts together. Default 16. */
  maxHandshakes?: number
  /** Milliseconds between keepalives; three unanswered ones end the connection. Default 15 s. */
  keepaliveMs?: number
}

export interface SshPoolStats {
  connections: number
  handshaking: number
  /** Commands that run now, and connections through hosts. */
  running: number
  /** Commands that wait for a channel of their host. */
  waiting: number
}

/** A way to hosts: one kept connection per host, many commands on it. */
export interface SshPool {
  /** Runs one command; each word is quoted by `quoteArgv`. Throws AppError when the host cannot be reached or refuses; an exit code is a result. */
  run(target: SshTarget, argv: Argv, options?: CommandOptions): Promise<CommandResult>
  /** Runs a POSIX sh script, given on standard input of `sh`; a script that arrives in part does not run at all. */
  script(target: SshTarget, sh: string, options?: ScriptOptions): Promise<CommandResult>
  /**
   * A TCP connection that starts on the host. It counts as a command until it is closed; whoever has it ends it.
   * Throws as `run` does, and AppError `unreachable` whose `data.reason` says why the host did not get there:
   * `prohibited` (its sshd lets none through), `refused`, `failed`, `no-answer`, `stopped`.
   */
  openTcp(target: SshTarget, place: TcpPlace, options?: TcpOptions): Promise<Duplex>
  /** A new TCP connection and a full login outside the pool, closed at once. Throws as `run` does. */
  freshLogin(target: SshTarget): Promise<void>
  /** Ends the connection of one host, or all of them. */
  close(hostId?: string): Promise<void>
  stats(): SshPoolStats
}

/** Where and how host keys are looked up. */
export interface ScanRequest {
  address: string
  port: number
  profile: SshProfile
  jump?: SshTarget
  timeoutMs?: number
}

export interface KnownHost {
  /** Names and addresses, without brackets; empty when the entry is hashed. */
  hosts: readonly { host: string; port: number }[]
  /** A hashed entry can only be matched by a name that one already has: see `matchesKnownHost`. */
  hashed: string | null
  algorithm: string
  key: string
  fingerprint: string
}
