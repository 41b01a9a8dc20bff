/** The page of a mesh. */
export function meshHref(tag: string): string {
  return `/meshes/${encodeURIComponent(tag)}`
}

/** The page of one pair of a mesh, by its members' labels. */
export function pairHref(tag: string, one: string, other: string): string {
  return `${meshHref(tag)}/${encodeURIComponent(one)}/${encodeURIComponent(other)}`
}
