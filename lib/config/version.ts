import manifest from '@/package.json'

/** The version of this Pollux. */
export const version: string = manifest.version
