import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What a build answers to. Patterns as in `/hosts/[id]`. */
export interface RouteInventory {
  pages: string[]
  handlers: string[]
  /** `pages` are patterns of pages that carry the action: it is called by a POST to one of them. */
  actions: { id: string; name: string; file: string; pages: string[] }[]
}

/** Where a file of the app leads: `/(main)/hosts/[id]/page` → `/hosts/[id]`. */
const AppPaths = z.record(z.string(), z.string())

const Action = z.object({
  exportedName: z.string(),
  filename: z.string(),
  workers: z.record(z.string(), z.unknown()),
})
const ServerReferences = z.object({ node: z.record(z.string(), Action), edge: z.record(z.string(), Action) })

/** Reads the build in a folder such as `.next`. Throws when a manifest is missing or has another shape than is known here. */
export function readRouteInventory(buildDir: string): RouteInventory {
  const json = (path: string): unknown => JSON.parse(readFileSync(join(buildDir, path), 'utf8'))
  return routeInventory(json('app-path-routes-manifest.json'), json('server/server-reference-manifest.json'))
}

/** The same from the parsed manifests. Throws for an entry that is neither a page nor a route handler: nothing is passed over. */
export function routeInventory(appPathRoutes: unknown, serverReferences: unknown): RouteInventory {
  const paths = Object.entries(AppPaths.parse(appPathRoutes))
  const { node, edge } = ServerReferences.parse(serverReferences)
  const strange = paths.filter(([file]) => !/\/(page|route)$/.test(file))
  if (strange.length > 0) throw new Error(`expected pages and route handlers, got ${strange.join(', ')}`)
  const patternsOf = (ending: string) => [
    ...new Set(paths.filter(([file]) => file.endsWith(ending)).map(([, path]) => path)),
  ]
  const patternOf = new Map(paths)
  return {
    pages: patternsOf('/page').sort(),
    handlers: patternsOf('/route').sort(),
    actions: Object.entries({ ...node, ...edge }).map(([id, { exportedName, filename, workers }]) => ({
      id,
      name: exportedName,
      file: filename,
      pages: Object.keys(workers).flatMap((worker) => patternOf.get(worker.replace(/^app/, '')) ?? []),
    })),
  }
}

/** A path that a pattern takes: `/hosts/[id]` with "7" → `/hosts/7`. */
export function fillPattern(pattern: string, value: string): string {
  return pattern.replaceAll(/\[{1,2}(?:\.\.\.)?[^\]]+\]{1,2}/g, encodeURIComponent(value))
}
