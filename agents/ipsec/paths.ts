/** Pollux's key of a host: made there, and read by nobody else. */
export const OWN_KEY = '/etc/swanctl/private/pollux.pem'
/** The public half, which the others get. */
export const OWN_PUBLIC = '/etc/swanctl/pubkey/pollux.pem'

export const SWANCTL_CONF = '/etc/swanctl/conf.d'
export const SWANCTL_PUBLIC = '/etc/swanctl/pubkey'
/** Stands where Pollux made the key: only then it goes with the change that brought it. */
export const OWN_MARK = '/etc/swanctl/.pollux-made-key'
