import type { Mailbox } from './mailbox'
import type { SocketWatch } from './watch-sockets'

/** Who gets the message, and what watches it: the receiver itself, or the host's table of connections. */
export type Receiver =
  | { kind: 'pollux'; recipient: string; mailbox: Mailbox }
  | { kind: 'address'; recipient: string; sockets: SocketWatch }
