import type { NoticeInput } from '@surveyseal/consent'
import { fillNoticeTemplate, type NoticeTemplate } from '@surveyseal/consent/notices'

const VALUES: Readonly<Record<string, string>> = {
  'controller.name': 'Example Air',
  'controller.contact': 'privacy@air.example',
  'dpo.name': 'Data protection officer',
  'dpo.contact': 'dpo@air.example',
  'authority.name': 'CNIL',
  'authority.contact': 'https://www.cnil.fr',
  retention: 'P1Y',
}

/** A template as an author would fill it in; what is not common says so in its language. */
export function filled(template: NoticeTemplate): NoticeInput {
  const values = template.placeholders.map((name) => [name, VALUES[name] ?? textOf(name)])
  return fillNoticeTemplate(template, Object.fromEntries(values))
}

function textOf(name: string): string {
  if (name.endsWith('.en')) return `This is what the author says of ${name}`
  return name.endsWith('.fr') ? `Voici les mots de l’auteur sur ${name}` : `the text of ${name}`
}
