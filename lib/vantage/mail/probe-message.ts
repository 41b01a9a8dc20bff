import { randomBytes } from 'node:crypto'
import { ownName } from '../own-name'

export interface ProbeMessage {
  /** 32 hexadecimal digits that nothing else holds. */
  nonce: string
  /** With its angle brackets. */
  messageId: string
  /** Header and text, lines ended by \n. */
  text: string
}

export function makeNonce(): string {
  return randomBytes(16).toString('hex')
}

/** The one message of a look. Addresses were checked by `checkMailAddress`. */
export function probeMessage(nonce: string, sender: string, recipient: string, date = new Date()): ProbeMessage {
  const domain = /@([A-Za-z0-9._-]+)$/.exec(sender)?.[1] ?? ownName().replace(/[[\]]/g, '')
  const messageId = `<pollux.${nonce}@${domain}>`
  const lines = [
    `From: Pollux <${sender === '' ? `pollux@${domain}` : sender}>`,
    `To: <${recipient}>`,
    // RFC 5322, 3.3: the zone is a number.
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    'Subject: Pollux probe',
    // RFC 3834: nobody answers it.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Pollux sent this message to see which way mail takes from this server. It can be deleted.',
    '',
  ]
  return { nonce, messageId, text: lines.join('\n') }
}
