import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createProposalApi } = await import('./proposalApi.ts')
  return createProposalApi()
})
