import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'

/** The most gzipped JavaScript that a page may load first; page-weight.spec.ts holds every page to it. */
export const mostFirstLoadBytes = 170_000

/** The JavaScript that a browser loads before a page is whole. */
export interface FirstLoad {
  /** "/hosts/[id]" */
  path: string
  /** Below the build's folder: "static/chunks/….js". */
  files: string[]
  /** Gzipped, as the server sends them. */
  bytes: number
}

const Paths = z.record(z.string(), z.string())
const Build = z.object({ rootMainFiles: z.array(z.string()) })
const Client = z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())) })

/** Every page of a build, by its manifests; the heaviest first. Throws when a manifest has another shape than is known here. */
export function firstLoads(buildDir: string): FirstLoad[] {
  const json = (path: string): unknown => JSON.parse(readFileSync(join(buildDir, path), 'utf8'))
  const { rootMainFiles } = Build.parse(json('build-manifest.json'))
  const pages = Object.entries(Paths.parse(json('app-path-routes-manifest.json'))).filter(([entry]) =>
    entry.endsWith('/page'),
  )
  return pages
    .map(([entry, path]) => {
      const { entryJSFiles } = Client.parse(clientManifest(readFileSync(manifestFile(buildDir, entry), 'utf8')))
      const files = [...new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()])].sort()
      return { path, files, bytes: gzippedBytes(buildDir, files) }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

/** The size of a build's files as the server sends them. */
export function gzippedBytes(buildDir: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(buildDir, file))).length, 0)
}

function manifestFile(buildDir: string, entry: string): string {
  return join(buildDir, 'server/app', `${entry}_client-reference-manifest.js`)
}

/** A script that puts one JSON value into a global: `globalThis.__RSC_MANIFEST["/entry"] = {…}`. */
function clientManifest(script: string): unknown {
  const json = /^globalThis\.__RSC_MANIFEST\["[^"\n]*"\] = (\{.*\});?$/m.exec(script)?.[1]
  if (json === undefined) throw new Error(`expected a manifest of client files, got ${script.slice(0, 200)}`)
  return JSON.parse(json)
}
