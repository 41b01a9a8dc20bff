import { StatusMark } from '@/components/base/status-mark'
import type { HostDetail } from '@/lib/inventory/get-host'

/** How the host is, behind its address. */
export function HostSentence({ host }: { host: HostDetail }) {
  return <StatusMark status={host.state.mark}>{host.state.word}</StatusMark>
}
