/** Pollux's key of a host: made there, and read by nobody else. */
export const OWN_KEY = '/etc/swanctl/private/pollux.pem'
/** The public half, which the others get. */
export const OWN_PUBLIC = '/etc/swanctl/pubkey/pollux.pem'

export const SWANCTL_CONF = '/etc/swanctl/conf.d'
export const SWANCTL_PUBLIC = '/etc/swanctl/pubkey'

/** The folders of strongSwan's ipsec.conf, and Pollux's key where that is what the daemon reads. */
export const IPSEC_D = '/etc/ipsec.d'
export const STARTER_KEYS = `${IPSEC_D}/certs`
export const STARTER_KEY = `${IPSEC_D}/private/pollux.pem`
export const STARTER_PUBLIC = `${STARTER_KEYS}/pollux.pem`
export const STARTER_MARK = `${IPSEC_D}/.pollux-made-key`
/** What Debian's ipsec.conf is given to include, and what names the key to the daemon. */
export const STARTER_CONF = '/etc/ipsec.conf'
export const STARTER_SECRETS = '/etc/ipsec.secrets'

export const OWN_MARK = '/etc/swanctl/.pollux-made-key'
