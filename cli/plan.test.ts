import { expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'

const develop = (...args: string[]) => runProgram(['plan', 'develop', ...args])
const validate = (...args: string[]) => runProgram(['plan', 'validate', ...args])

test('developing: each criterion, the largest, events and events per parameter, as pmsampsize prints them', async () => {
  const { exitCode, stdout } = await develop('--prevalence', '0.174', '--r2', '0.288', '--parameters', '24', '--patients', '400')
  expect(exitCode).toBe(0)
  expect(stdout)
    .toBe(`To develop a model from 24 candidate parameters; prevalence 0.174, R² of Cox and Snell 0.2880 (Nagelkerke's 0.4774)

criterion                                  patients   events   events per parameter
shrinkage factor at least 0.9                   623      109                   4.52
optimism of Nagelkerke's R² at most 0.05        662      116                   4.80
overall risk within ±0.05                       221       39                   1.60

Needed: 662 patients, 116 of them with the outcome (4.80 events per parameter). Expected shrinkage 0.905.

400 patients carry at most 14 candidate parameters by shrinkage and optimism, and give the overall risk within ±0.037.
`)
})

test('validating: each criterion with its standard error; all digits as JSON', async () => {
  const args = ['--prevalence', '0.018', '--auc', '0.8', '--lp-normal', '-5,2.5', '--oe-width', '1']
  expect((await validate(...args)).stdout)
    .toBe(`To validate a model; prevalence 0.018, AUC 0.8, linear predictor normal (mean -5, SD 2.5), mean risk 0.0523

criterion                                 patients   events   standard error
observed over expected, interval 1 wide        905       17           0.2456
calibration slope, interval 0.2 wide          4554       82           0.0510
AUC, interval 0.1 wide                        4252       77           0.0255

Needed: 4554 patients, 82 of them with the outcome.
`)
  const plan = JSON.parse((await validate(...args, '--json')).stdout)
  expect(plan).toMatchObject({ kind: 'validation', needed: { name: 'calibration slope', patients: 4554 }, meanRisk: expect.closeTo(0.05225642864785) }) // prettier-ignore
})

test('nonsense is refused in words', async () => {
  const refused = async (args: string[], message: string) =>
    expect(await runProgram(['plan', ...args])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    })
  await Promise.all([
    refused(['develop', '--prevalence', '0.174', '--r2', '0.7', '--parameters', '5'], 'below 0.603; 0.7 was given'),
    refused(['develop', '--prevalence', 'few', '--auc', '0.8', '--parameters', '5'], '--prevalence is a number; "few" was given'),
    refused(['develop', '--prevalence', '0.2', '--auc', '0.8'], '--parameters, the candidate features'),
    refused(['validate', '--prevalence', '0.2', '--auc', '0.8', '--lp-normal', '5'], 'two numbers with a comma between'),
  ])
})
