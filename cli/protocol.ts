import type { Command } from 'commander'
import { formatProtocolFile, protocolJsonSchema } from '../src/io/records/protocolFile.ts'
import { protocolHelp } from '../src/messages/en/protocolHelp.ts'

export function addProtocolCommand(program: Command): void {
  program
    .command('protocol')
    .description('Print the built-in protocol, to be edited and given to analyse or select.')
    .option('--schema', 'print the JSON schema of protocol files instead')
    .action(({ schema }: { schema?: true }) => {
      process.stdout.write(schema ? `${protocolJsonSchema(protocolHelp)}\n` : formatProtocolFile())
    })
}
