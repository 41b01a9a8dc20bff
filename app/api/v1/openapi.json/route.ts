import { tokenOrSessionRoute } from '@/lib/action'
import { openApi } from '@/lib/api/openapi'
import { version } from '@/lib/config/version'

/** The API's description. */
export const GET = tokenOrSessionRoute('read inventory', async () => Response.json(openApi(version)))
