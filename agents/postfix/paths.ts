import type { Instance } from './facts'

export const PRIMARY = '/etc/postfix'

export const mainPath = ({ directory }: Pick<Instance, 'directory'>) => `${directory}/main.cf`
export const masterPath = ({ directory }: Pick<Instance, 'directory'>) => `${directory}/master.cf`

/** The map from a sender to the client that sends for him. */
export const sendersPath = ({ directory }: Pick<Instance, 'directory'>) => `${directory}/pollux-senders`

/** What makes systemd wait for the addresses before it starts Postfix. */
export const waitPath = (unit: string) => `/etc/systemd/system/${unit}.d/50-pollux-addresses.conf`

/** What lets programs bind addresses that the host does not have yet. */
export const NONLOCAL_PATH = '/etc/sysctl.d/60-pollux-nonlocal-bind.conf'

export const nonlocalKnob = (family: 4 | 6) => `/proc/sys/net/ipv${family}/ip_nonlocal_bind`
