import type { FileSystem } from './host-facts'

const NETWORK =
  /^(?:nfs4?|cifs|smb3|smbfs|afs|ceph|glusterfs|lustre|9p|ocfs2|gfs2|fuse\.(?:sshfs|s3fs|rclone|davfs|glusterfs|ceph.*))$/
const WITHOUT_ROOM =
  /^(?:proc|sysfs|cgroup2?|devpts|debugfs|tracefs|securityfs|pstore|bpf|configfs|mqueue|hugetlbfs|autofs|binfmt_misc|fusectl|rpc_pipefs|efivarfs|nsfs|squashfs|devfs|usbfs)$/

/**
 * Mounts with what `df -P -k -l` (POSIX) measured of them, in the order of /proc/mounts, so that of two over one another
 * the last is the one that is seen. Network file systems are named and not measured.
 */
export function parseFileSystems(mounts: string, df: string): FileSystem[] {
  const room = new Map(
    df.split('\n').flatMap((line) => {
      const [, total, available, mount = ''] = /^.*\S +(\d+) +\d+ +(-?\d+) +(?:\d+%|-) +(\/.*)$/.exec(line) ?? []
      return mount ? [[mount, { total: Number(total) * 1024, available: Math.max(0, Number(available)) * 1024 }]] : []
    }),
  )
  return mounts.split('\n').flatMap((line): FileSystem[] => {
    const [source = '', at = '', type = '', options] = line.split(' ')
    if (options === undefined || WITHOUT_ROOM.test(type)) return []
    const mount = unoctal(at)
    const isNetwork = NETWORK.test(type)
    const measured = isNetwork ? undefined : room.get(mount)
    return [
      {
        mount,
        source: unoctal(source),
        type,
        isNetwork,
        readOnly: options.split(',').includes('ro'),
        totalBytes: measured?.total ?? null,
        availableBytes: measured?.available ?? null,
      },
    ]
  })
}

/** fstab(5): spaces and the like stand as octal. */
function unoctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
