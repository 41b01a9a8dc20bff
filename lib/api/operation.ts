import type { ZodType, z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import type { Right } from '@/lib/auth/rights'

/** One thing that the API does: the same verb as a screen's, with what goes in and what comes out said as schemas. */
export interface Operation<Input = unknown, Output extends ZodType = ZodType> {
  method: 'GET' | 'POST'
  /** As in OpenAPI: /api/v1/hosts/{id}. */
  path: `/api/v1/${string}`
  /** A name for programs that are made from the description. */
  id: string
  summary: string
  right: Right
  /** The path's parameters; beside them those of the query (GET) or the fields of a JSON body (POST). */
  input: ZodType<Input>
  output: Output
  run(ctx: Ctx, input: Input): Promise<z.input<Output>>
}

/** An operation with its types inferred. */
export function operation<Input, Output extends ZodType>(
  described: Operation<Input, Output>,
): Operation<Input, Output> {
  return described
}

/** The names in the braces of a path. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}
