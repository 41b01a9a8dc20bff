import type { BasisItem } from '@/lib/agent'
import { fileAt, tagOf } from '@/lib/agent/config-file'
import type { IpAddress } from '@/lib/agent/ip-address'
import { INTERFACES } from '@/lib/agent/sourced-interfaces'
import { findLive, lastingAddresses } from './addresses'
import { cidrOf, type DeviceFacts, type FailoverFacts } from './facts'
import { keptAt } from './kept'
import type { Host } from './resolve'
import type { HostPart } from './steps'

/** All that the part of one host rests on; whatever else changes on the host leaves the plan as it is. */
export function basisOf({ host, device, edits }: HostPart, address: IpAddress): BasisItem[] {
  const { facts, hostId } = host
  const item = (name: string, value: string): BasisItem => ({ hostId, name, value })
  const paths = new Set([
    ...edits.map(({ path }) => path),
    ...keptAt(facts, device, address).map(({ path }) => path),
    ...(device.stack === 'ifupdown' ? [INTERFACES] : []),
  ])
  return [
    item(`network of ${device.name}`, `${device.stack}${device.networkFile === null ? '' : ` ${device.networkFile}`}`),
    item(`addresses of ${device.name}`, addressesText(device)),
    item(`secondaries of ${device.name}`, secondariesText(device)),
    ...facts.defaultRoutes.map((route, at) => item(`default route ${at + 1}`, `IPv${route.family} ${route.text}`)),
    ...(device.stack === 'ifupdown' ? [item('ifupdown version', facts.ifupdownVersion ?? 'not told')] : []),
    ...[...paths].sort().map((path) => item(`file ${path}`, tagOf(fileAt(facts.files, path)))),
    ...elsewhereItems(host, device, address),
  ]
}

/** That a host which the plan leaves alone does not hold the address. */
export function bystanderBasis({ hostId, facts }: Host, address: IpAddress): BasisItem {
  return { hostId, name: `address ${address.host}`, value: placeText(facts, address) }
}

function elsewhereItems({ hostId, facts }: Host, device: DeviceFacts, address: IpAddress): BasisItem[] {
  const there = findLive(facts, address)
  return there && there.device.name !== device.name
    ? [{ hostId, name: `address ${address.host}`, value: placeText(facts, address) }]
    : []
}

function placeText(facts: FailoverFacts, address: IpAddress): string {
  const there = findLive(facts, address)
  return there ? `on ${there.device.name}` : 'not there'
}

function addressesText(device: DeviceFacts): string {
  const texts = lastingAddresses(device).map((one) => `${cidrOf(one)}${one.label === null ? '' : ` ${one.label}`}`)
  return texts.sort().join(', ') || 'none'
}

function secondariesText({ promotesSecondaries }: DeviceFacts): string {
  return promotesSecondaries === null ? 'not told' : promotesSecondaries ? 'step forward' : 'go with the first'
}
