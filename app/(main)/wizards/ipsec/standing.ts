import { cache } from 'react'
import { readMeshes } from '../../meshes/read-meshes'

/** The meshes that stand, read once for a page, however many of its parts ask. */
export const readStanding = cache(readMeshes)
