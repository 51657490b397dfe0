/**
 * What the form says in its own words, in English and French.
 *
 * @module
 */

/** The names of everything the form says besides the notice. */
export type FormPhrase =
  | 'always'
  | 'choose'
  | 'chooseHint'
  | 'yes'
  | 'no'
  | 'allYes'
  | 'allNo'
  | 'save'
  | 'later'
  | 'reopen'
  | 'chosen'
  | 'details'
  | 'dataCategories'
  | 'sources'
  | 'recipients'
  | 'transfers'
  | 'retention'
  | 'legalBasis'
  | 'legitimateInterests'
  | 'insights'
  | 'contact'
  | 'ai'
  | 'automatedDecisions'
  | 'provision'
  | 'consent'
  | 'explicit-consent'
  | 'contract'
  | 'legal-obligation'
  | 'vital-interests'
  | 'public-task'
  | 'legitimate-interests'
  | 'more'
  | 'controller'
  | 'representative'
  | 'dpo'
  | 'supervisoryAuthority'
  | 'withdrawal'
  | 'rights'
  | 'complaint'
  | 'linkage'
  | 'safeguards'
  | 'signature'
  | 'signatureText'
  | 'missing'
  | 'missingOne'
  | 'failed'
  | 'renewed'
  | 'broken'
  | 'brokenText'
  | 'sending'
  | 'slow'
  | 'done'
  | 'dismissed'
  | 'dismissedText'
  | 'given'
  | 'givenHint'
  | 'withdraw'
  | 'withdrawAll'
  | 'withdrawn'
  | 'nothingGiven'

/**
 * Everything the form says besides the notice, by name. Texts are shown as text, never as markup.
 *
 * Yes and no stand side by side in the same size, and so do yes to all and no to all: keep them as short as each other.
 */
export type FormWording = Readonly<Record<FormPhrase, string>>

/** By name: English, French. `{chosen}` and `{count}` are numbers. */
export const WORDS: Readonly<Record<FormPhrase, readonly [english: string, french: string]>> = {
  always: ['For everyone', 'Pour tout le monde'],
  choose: ['You decide', 'Vous décidez'],
  chooseHint: ['Nothing is chosen for you.', 'Rien n’est choisi pour vous.'],
  yes: ['Yes', 'Oui'],
  no: ['No', 'Non'],
  allYes: ['Yes to all', 'Oui à tout'],
  allNo: ['No to all', 'Non à tout'],
  save: ['Sign and save my choices', 'Signer et enregistrer mes choix'],
  later: ['Decide later', 'Décider plus tard'],
  reopen: ['Decide now', 'Décider maintenant'],
  chosen: ['{chosen} of {count} chosen', '{chosen} sur {count} choisis'],
  details: ['Details', 'Détails'],
  dataCategories: ['Data', 'Données'],
  sources: ['From', 'Origine'],
  recipients: ['Who sees it', 'Qui les voit'],
  transfers: ['Sent abroad', 'Envoi à l’étranger'],
  retention: ['Kept for', 'Conservées'],
  legalBasis: ['Legal basis', 'Base légale'],
  legitimateInterests: ['The interests', 'Les intérêts'],
  insights: ['What is learnt', 'Ce qu’on en apprend'],
  contact: ['Contact to expect', 'Être recontacté'],
  ai: ['Software and AI', 'Logiciels et IA'],
  automatedDecisions: ['Automated decisions', 'Décisions automatisées'],
  provision: ['If you give none', 'Si vous n’en donnez pas'],
  consent: ['your consent', 'votre consentement'],
  'explicit-consent': ['your explicit consent', 'votre consentement explicite'],
  contract: ['a contract with you', 'un contrat avec vous'],
  'legal-obligation': ['a legal obligation', 'une obligation légale'],
  'vital-interests': ['vital interests', 'des intérêts vitaux'],
  'public-task': ['a public task', 'une mission d’intérêt public'],
  'legitimate-interests': ['legitimate interests', 'des intérêts légitimes'],
  more: ['Responsibility and rights', 'Responsabilité et droits'],
  controller: ['Responsible', 'Responsable'],
  representative: ['Representative', 'Représentant'],
  dpo: ['Data protection officer', 'Délégué à la protection des données'],
  supervisoryAuthority: ['Authority', 'Autorité'],
  withdrawal: ['Changing your mind', 'Changer d’avis'],
  rights: ['Your rights', 'Vos droits'],
  complaint: ['Complaints', 'Réclamations'],
  linkage: ['You and your answers', 'Vous et vos réponses'],
  safeguards: ['Protection', 'Protection'],
  signature: ['Signature', 'Signature'],
  signatureText: [
    'Saving makes a key that no page can read, and signs your choices with this text.',
    'Enregistrer crée une clé qu’aucune page ne peut lire, et signe vos choix avec ce texte.',
  ],
  missing: ['Some choices are missing', 'Il manque des choix'],
  missingOne: ['Yes or no?', 'Oui ou non\u00a0?'],
  failed: ['This may not have been saved. Please try again.', 'Ce n’est peut-être pas enregistré. Veuillez réessayer.'],
  renewed: ['The question has changed. Please choose again.', 'La question a changé. Veuillez choisir de nouveau.'],
  broken: ['This notice cannot be shown', 'Cette notice ne peut pas être affichée'],
  brokenText: [
    'It cannot be signed here. Nothing was saved.',
    'Elle ne peut pas être signée ici. Rien n’a été enregistré.',
  ],
  sending: ['Saving…', 'Enregistrement…'],
  slow: ['Still saving…', 'Toujours en cours…'],
  done: ['Your choices are saved', 'Vos choix sont enregistrés'],
  dismissed: ['You have not decided', 'Vous n’avez pas décidé'],
  dismissedText: ['That is neither a yes nor a no.', 'Ce n’est ni un oui ni un non.'],
  given: ['What you said yes to', 'Ce à quoi vous avez dit oui'],
  givenHint: ['One press takes it back, without a reason.', 'Une pression suffit pour le retirer, sans raison.'],
  withdraw: ['Withdraw', 'Retirer'],
  withdrawAll: ['Withdraw all', 'Tout retirer'],
  withdrawn: ['Withdrawn', 'Retiré'],
  nothingGiven: ['There is nothing to withdraw', 'Il n’y a rien à retirer'],
}
