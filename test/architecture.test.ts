import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const packages = fileURLToPath(new URL('../packages', import.meta.url))

/** Who may import whom. A package that is not named here does not exist. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  links: ['core'],
  ledger: ['core'],
  consent: ['core', 'ledger'],
  stores: ['core', 'links', 'ledger', 'consent'],
  cli: ['core', 'links', 'ledger', 'consent', 'stores'],
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    return statSync(path).isDirectory() ? sourceFiles(path) : name.endsWith('.ts') ? [path] : []
  })
}

function imports(file: string): string[] {
  return ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.map(({ fileName }) => fileName)
}

function exportsOf(name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as {
    exports: Record<string, unknown>
  }
  return Object.keys(manifest.exports)
}

describe('dependencies between packages run one way', () => {
  test('every package is in the table', () => {
    expect(readdirSync(packages).sort()).toEqual(Object.keys(mayImport).sort())
  })

  test.each(Object.keys(mayImport))('%s imports only packages below it, through their public entries', (name) => {
    const allowed = mayImport[name] ?? []
    for (const file of sourceFiles(join(packages, name, 'src'))) {
      for (const specifier of imports(file)) {
        const where = `${relative(packages, file)} imports ${specifier}`
        if (specifier.startsWith('.')) {
          expect(resolve(file, '..', specifier).startsWith(join(packages, name, 'src')), where).toBe(true)
          continue
        }
        const sibling = /^@surveyseal\/([^/]+)(\/.*)?$/.exec(specifier)
        if (sibling === null) continue
        const [, target = '', subpath = ''] = sibling
        expect(allowed, where).toContain(target)
        expect(exportsOf(target), where).toContain(`.${subpath}`)
      }
    }
  })

  test.each(Object.keys(mayImport))('%s declares exactly the siblings it imports', (name) => {
    const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>
    }
    const declared = Object.keys(manifest.dependencies ?? {}).filter((dependency) =>
      dependency.startsWith('@surveyseal/'),
    )
    const used = sourceFiles(join(packages, name, 'src'))
      .flatMap(imports)
      .flatMap((specifier) => /^@surveyseal\/[^/]+/.exec(specifier)?.[0] ?? [])
    expect(declared.sort()).toEqual([...new Set(used)].sort())
  })
})
