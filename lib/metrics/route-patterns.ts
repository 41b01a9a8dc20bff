import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Tells which of a closed set of patterns a path belongs to, so that a metric has few labels whatever is asked for. */
export type RouteOf = (path: string) => string

const other = 'other'

/** The routes of the build in a folder such as `.next`; without a build (`npm run dev`) every page is `other`. */
export function builtRouteOf(buildDir: string): RouteOf {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(buildDir, 'app-path-routes-manifest.json'), 'utf8'))
    return routeOf(Object.values(manifest ?? {}).filter((pattern) => typeof pattern === 'string'))
  } catch {
    return routeOf([])
  }
}

/** The same for patterns as in `/hosts/[id]`. The one with the fewest open parts wins, and any wins over `[...rest]`. */
export function routeOf(patterns: readonly string[]): RouteOf {
  const rules = [...new Set(patterns)]
    .map((pattern) => ({ pattern, open: openness(pattern), matches: toExpression(pattern) }))
    .sort((a, b) => a.open - b.open)
  return (path) => {
    if (path.startsWith('/_next/')) return '/_next'
    return rules.find(({ matches }) => matches.test(path))?.pattern ?? other
  }
}

function openness(pattern: string): number {
  return (pattern.match(/\[/g)?.length ?? 0) + (pattern.includes('[...') ? 100 : 0)
}

function toExpression(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (/^\[{1,2}\.\.\./.test(part)) return '.+'
    return part.startsWith('[') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('/')}/?$`)
}
