import { type LabHost, labHosts } from '@/e2e/lab/lab'

/** So many of the lab's plain hosts, n01 first. Throws an Error when fewer run. */
export function manyLabHosts(count: number): LabHost[] {
  const hosts = labHosts().filter((host) => /^n\d+$/.test(host.name))
  if (hosts.length >= count) return hosts.slice(0, count)
  throw new Error(`expected ${count} hosts of the lab, got ${hosts.length}: npm run lab -- up many ${count}`)
}
