'use server'

import { action } from '@/lib/action'
import { CheckMeshInput, checkMesh } from './check-mesh'

export const checkMeshAction = action('read inventory', CheckMeshInput, checkMesh)
