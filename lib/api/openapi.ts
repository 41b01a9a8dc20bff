import { z } from 'zod'
import { lowestRoleOf } from '@/lib/auth/rights'
import { errorCodes } from '@/lib/errors/app-error'
import { type Operation, pathNames } from './operation'
import { operations } from './operations'

const failure = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string().describe('A sentence: what is wrong and what to do.'),
    fields: z.record(z.string(), z.string()).optional(),
    id: z.string().describe('Finds the error in the log.'),
  }),
})

/** The API's description (OpenAPI 3.1), made of the schemas that the routes parse with. */
export function openApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const each of operations)
    paths[each.path] = { ...paths[each.path], [each.method.toLowerCase()]: described(each) }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Pollux',
      version,
      description:
        'What the screens do, for programs: the same verbs, rights and audit. A token is made under Settings, API tokens.',
    },
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'pollux_…' } } },
  }
}

function described({ id, summary, right, input, output, method, path }: Operation): Record<string, unknown> {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  const inPath = pathNames(path)
  const rest = Object.entries(properties).filter(([name]) => !inPath.includes(name))
  const parameters = Object.entries(properties)
    .filter(([name]) => method === 'GET' || inPath.includes(name))
    .map(([name, schema]) => {
      const isInPath = inPath.includes(name)
      return { name, in: isInPath ? 'path' : 'query', required: isInPath || required.includes(name), schema }
    })
  return {
    operationId: id,
    summary,
    description: `Needs the right to ${right}: the role ${lowestRoleOf(right)}.`,
    parameters,
    ...(method === 'POST' && rest.length > 0
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(rest),
                  required: required.filter((name) => !inPath.includes(name)),
                },
              },
            },
          },
        }
      : {}),
    responses: {
      '200': { description: 'Done', content: content(output) },
      default: { description: 'It did not go', content: content(failure) },
    },
  }
}

function content(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any' })
  return { 'application/json': { schema: rest } }
}
