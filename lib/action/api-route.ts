import type { ZodType } from 'zod'
import { type Operation, pathNames } from '@/lib/api/operation'
import type { Ctx } from '@/lib/auth/actor'
import { findTokenActor } from '@/lib/auth/api-token'
import { findPeer } from '@/lib/auth/peer'
import { authorize, type Right } from '@/lib/auth/rights'
import { checkPlaceLimit, countFailureFrom } from '@/lib/auth/sign-in-limit'
import { countTokenRequest } from '@/lib/auth/token-limit'
import { AppError, isAppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { newRequestId } from '@/lib/log'
import { nobodyCtx, recordRefusal } from './request-ctx'
import { route } from './route'
import { statusOf } from './status-of'
import { toScreen } from './to-screen'

type Params = Readonly<Record<string, string>>

/** More than any plan's settings; a body is read as a whole. */
const mostBytes = 1024 * 1024

/**
 * Makes a route handler of the API of an operation: token → limit → right → parse → verb → answer, as JSON. A token in
 * the Authorization header is the only way in: a browser sends none by itself, so there is no origin to check, and a
 * session is not looked at.
 */
export function apiRoute<Input, Output extends ZodType>(operation: Operation<Input, Output>): Handler {
  return (request, { params }) =>
    byToken(request, operation.right, async (ctx) => {
      const sent = { ...(await given(operation.method, request)), ...(await named(operation.path, params)) }
      return answer(operation.output.parse(await operation.run(ctx, parseInput(operation.input, sent))), 200)
    })
}

/** The same for what a program reads by its token and a person by the session: the API's description. */
export function tokenOrSessionRoute(right: Right, handle: (ctx: Ctx) => Promise<Response>): Handler {
  const bySession = route(right, handle)
  return (request, context) =>
    request.headers.has('authorization') ? byToken(request, right, handle) : bySession(request, context)
}

type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>

async function byToken(request: Request, right: Right, handle: (ctx: Ctx) => Promise<Response>): Promise<Response> {
  let ctx = nobodyCtx()
  try {
    ctx = await tokenCtx(request.headers)
    authorize(ctx, right)
    return await handle(ctx)
  } catch (error) {
    await recordRefusal(ctx, error)
    return answer({ error: toScreen(ctx, error) }, statusOf(error), headersOf(error))
  }
}

/** The context of whoever's token these headers carry. Throws AppError `unauthenticated`, or `locked` after too many. */
async function tokenCtx(headers: Headers): Promise<Ctx> {
  const peer = findPeer(headers)
  if (peer) checkPlaceLimit(peer)
  const found = await findTokenActor(headers.get('authorization'))
  if (!found) {
    const hasTried = headers.get('authorization') !== null
    if (peer && hasTried) countFailureFrom(peer)
    throw new AppError('unauthenticated', 'expected an API token that holds, got none', {
      userMessage: hasTried
        ? 'This is no API token that holds: it may have ended, or its owner has no right to it any more.'
        : 'The API takes a token, and no session: Authorization: Bearer …. It is made under Settings, API tokens.',
    })
  }
  countTokenRequest(found.tokenId)
  return { actor: found.actor, requestId: newRequestId() }
}

async function named(path: string, params: Promise<Params>): Promise<Params> {
  const all = await params
  return Object.fromEntries(pathNames(path).map((name) => [name, all[name] ?? '']))
}

async function given(method: Operation['method'], request: Request): Promise<Record<string, unknown>> {
  if (method === 'GET') return Object.fromEntries(new URL(request.url).searchParams)
  const text = await bodyOf(request)
  if (text === '') return {}
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw notJson('The body is no JSON.')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw notJson('The body is a JSON object.')
  return { ...body }
}

/** The body as text. What is too long is not read to its end. */
async function bodyOf({ body }: Request): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body ?? []) {
    bytes += part.length
    if (bytes > mostBytes) throw notJson('A body has at most 1 MiB.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function notJson(sentence: string): AppError {
  return new AppError('invalid', 'expected a JSON object', { userMessage: sentence })
}

function answer(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } })
}

function headersOf(error: unknown): Record<string, string> {
  if (!isAppError(error)) return {}
  if (error.code === 'unauthenticated') return { 'www-authenticate': 'Bearer' }
  const { retryAfterS } = error.data
  return typeof retryAfterS === 'number' ? { 'retry-after': String(retryAfterS) } : {}
}
