import { z } from 'zod'
import type { Found } from '@/lib/agent'
import type { FactsRun } from '../run-probes'
import { addressesProbe, addressesSchema } from './addresses'
import { certificatesProbe, certificatesSchema } from './certificates'
import { clockProbe, clockReadingSchema, clockSchema, clockSkew } from './clock'
import { disksProbe, disksSchema } from './disks'
import { fileSystemsProbe, fileSystemsSchema } from './file-systems'
import { found, foundSchema, missing } from './found'
import { hardwareProbe, hardwareSchema } from './hardware'
import { initProbe, initSchema } from './init'
import { installedKernelProbe, installedKernelSchema } from './installed-kernel'
import { kernelProbe, kernelSchema } from './kernel'
import { memoryProbe, memorySchema } from './memory'
import { networkFilesSchema, networkOwnerOf, networkOwnerProbe, networkOwnerSchema } from './network-owner'
import { osProbe, osSchema } from './os'
import { rebootProbe, rebootSchema } from './reboot'
import { routesProbe, routesSchema } from './routes'
import { type ServicesFacts, servicesProbe, servicesSchema } from './services'
import { sharesProbe, sharesSchema } from './shares'
import { toolsProbe, toolsSchema } from './tools'
import { updateNoticeProbe, updateNoticeSchema, updatesProbe, updatesSchema } from './updates'
import { uptimeProbe, uptimeSchema } from './uptime'

/** Asked often: a few processes on the host. The clock first. Agents' probes go behind them in the same script. */
export const cheapProbes = [
  clockProbe,
  osProbe,
  kernelProbe,
  uptimeProbe,
  hardwareProbe,
  initProbe,
  memoryProbe,
  disksProbe,
  addressesProbe,
  routesProbe,
  networkOwnerProbe,
  rebootProbe,
  updateNoticeProbe,
  toolsProbe,
  fileSystemsProbe,
  servicesProbe,
] as const

/** Asked on demand: seconds of the host's processor. */
export const deepProbes = [installedKernelProbe, sharesProbe, certificatesProbe, updatesProbe] as const

export const cheapFactsSchema = z.object({
  clock: foundSchema(clockSchema),
  os: foundSchema(osSchema),
  kernel: foundSchema(kernelSchema),
  uptime: foundSchema(uptimeSchema),
  hardware: foundSchema(hardwareSchema),
  init: foundSchema(initSchema),
  memory: foundSchema(memorySchema),
  disks: foundSchema(disksSchema),
  addresses: foundSchema(addressesSchema),
  routes: foundSchema(routesSchema),
  networkOwner: foundSchema(networkOwnerSchema),
  reboot: foundSchema(rebootSchema),
  updateNotice: foundSchema(updateNoticeSchema),
  tools: foundSchema(toolsSchema),
  fileSystems: foundSchema(fileSystemsSchema),
  services: foundSchema(servicesSchema),
})
export type CheapFacts = z.infer<typeof cheapFactsSchema>

export const deepFactsSchema = z.object({
  installedKernel: foundSchema(installedKernelSchema),
  shares: foundSchema(sharesSchema),
  certificates: foundSchema(certificatesSchema),
  updates: foundSchema(updatesSchema),
})
export type DeepFacts = z.infer<typeof deepFactsSchema>

/** All that is known of a host, as stored: each tier as it was last read. */
export const hostFactsSchema = z.object({ cheap: cheapFactsSchema, deep: deepFactsSchema.nullable() })
export type HostFacts = z.infer<typeof hostFactsSchema>

/**
 * The cheap tier's facts of a run of `cheapProbes` (and whatever else was asked with them), with what needs two answers
 * put together: the clock's skew against the dashboard's, and who owns the network. Plain JSON, checked by the schema.
 */
export function cheapFactsOf(run: FactsRun): CheapFacts {
  const { results } = run
  const services = servicesResult(results.services)
  return cheapFactsSchema.parse({
    ...pick(results, Object.keys(cheapFactsSchema.shape)),
    clock: skewOf(run),
    networkOwner: ownerOf(results.networkOwner, services),
  })
}

/** The deep tier's facts of a run of `deepProbes`. */
export function deepFactsOf(run: FactsRun): DeepFacts {
  return deepFactsSchema.parse(pick(run.results, Object.keys(deepFactsSchema.shape)))
}

const notAsked = missing<never>('cut-off', 'this was not asked')

function pick(results: FactsRun['results'], ids: readonly string[]): Record<string, Found<unknown>> {
  return Object.fromEntries(ids.map((id) => [id, results[id] ?? notAsked]))
}

function skewOf(run: FactsRun): Found<unknown> {
  const reading = resultOf(run.results.clock, clockReadingSchema)
  const arrivedAt = run.arrivedAt.clock
  if (reading.state === 'not-read') return reading
  if (arrivedAt === undefined)
    return missing('failed', 'the clock was asked again later, so its answer cannot be timed')
  return found(clockSkew(reading.value, run.sentAt, arrivedAt))
}

function servicesResult(result: Found<unknown> | undefined): Found<ServicesFacts> {
  return resultOf(result, servicesSchema)
}

function ownerOf(result: Found<unknown> | undefined, services: Found<ServicesFacts>): Found<unknown> {
  const files = resultOf(result, networkFilesSchema)
  if (files.state === 'not-read') return files
  const units = services.state === 'read' && services.value.manager === 'systemd' ? services.value.services : null
  const running =
    units && new Set(units.filter((unit) => unit.state === 'active').map((unit) => `${unit.name}.service`))
  return found(networkOwnerOf(files.value, running))
}

function resultOf<T>(result: Found<unknown> | undefined, schema: z.ZodType<T>): Found<T> {
  if (result === undefined) return notAsked
  return result.state === 'read' ? found(schema.parse(result.value)) : result
}
