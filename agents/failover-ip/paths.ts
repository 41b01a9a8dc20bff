import type { IpAddress } from '@/lib/agent/ip-address'

export const NETPLAN_FOLDER = '/etc/netplan'
export const NETWORKD_FOLDER = '/etc/systemd/network'

/** The name of the file for one address. Only letters, digits and hyphens, which every include rule lets through. */
export function ownName({ host }: IpAddress): string {
  return `pollux-failover-${host.replace(/[.:]/g, '-')}`
}
