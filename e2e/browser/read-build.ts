import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A page or a route handler as the build knows it. */
export interface BuiltRoute {
  /** "/hosts/[id]" */
  path: string
  /** With its groups: "/(main)/hosts/[id]/page". */
  entry: string
  kind: 'page' | 'handler'
}

/** Every page and route handler that the build made. */
export function builtRoutes(): BuiltRoute[] {
  const manifest: unknown = JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8'))
  return Object.entries(z.record(z.string(), z.string()).parse(manifest)).map(([entry, path]) => ({
    path,
    entry,
    kind: entry.endsWith('/route') ? 'handler' : 'page',
  }))
}

/**
 * What Next's router sends when it has the layouts already and wants the page alone: the tree of segments with the last
 * one marked. Without it a test would only see that the layout refuses.
 */
export function pageAloneTree(entry: string): string {
  const segments = entry.split('/').slice(1, -1)
  const leaf: unknown[] = ['__PAGE__', {}, null, 'refetch']
  const tree = segments.reduceRight<unknown[]>((below, segment) => [segmentOf(segment), { children: below }], leaf)
  return encodeURIComponent(JSON.stringify(['', { children: tree }]))
}

function segmentOf(segment: string): unknown {
  const [, dots, parameter] = /^\[(\.\.\.)?(.+)\]$/.exec(segment) ?? []
  if (!parameter) return segment
  return [parameter, 'x', dots ? 'c' : 'd', null]
}
