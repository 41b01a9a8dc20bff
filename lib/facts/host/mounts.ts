import { linesOf } from './found'

export interface Mount {
  source: string
  mount: string
  type: string
  readOnly: boolean
  isNetwork: boolean
}

const networkTypes =
  /^(nfs4?|cifs|smb3|smbfs|afs|ceph|glusterfs|lustre|9p|ocfs2|gfs2|ncpfs|fuse\.(sshfs|s3fs|rclone|davfs|glusterfs|ceph.*))$/

/** /proc/mounts (fstab(5)): spaces and the like stand as octal. Of mounts on one point the last is the one that is seen. */
export function parseMounts(text: string): Mount[] {
  return linesOf(text).flatMap((line) => {
    const [source, mount, type, options] = line.split(' ')
    if (!source || !mount || !type || options === undefined) return []
    return [
      {
        source: unoctal(source),
        mount: unoctal(mount),
        type,
        readOnly: options.split(',').includes('ro'),
        isNetwork: networkTypes.test(type),
      },
    ]
  })
}

function unoctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
