// URLs as a server sees them: ordinary ones, and ones that carry somebody, each in a different disguise.
import { createHash } from 'node:crypto'

// The same in every run, so that every run does the same work.
let counter = 0
const bytes = (length) => createHash('shake256', { outputLength: length }).update(String(counter++)).digest()
const token = (length) => bytes(length).toString('base64url')
const hex = (length) => bytes(length).toString('hex')
const digits = (length) => Array.from(bytes(length), (byte) => byte % 10).join('')
const uuid = () => hex(16).replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-a$4-')
const query = (text) => encodeURIComponent(text)

/** The shapes of an ordinary day; `index` makes each URL another one. */
const ordinary = [
  () => `https://survey.example/s/${token(39)}`,
  () => `https://survey.example/s?t=${token(16)}&lang=fr`,
  () => `https://survey.example/api/v2/surveys/${uuid()}/responses?page=2&per_page=50`,
  (index) => `https://shop.example/products/trail-shoe-${index}/reviews?sort=recent&rating=4`,
  (index) => `https://shop.example/orders/${100_000 + index}/track?ref=mail&step=3`,
  () => `https://cdn.example/assets/app.${hex(4)}.js?v=1.14.2`,
  () => `https://cdn.example/i/${hex(20)}/640x480/hero-image@2x.webp`,
  (index) => `https://news.example/2026/11/${10 + (index % 20)}/how-we-measure-satisfaction-in-2026`,
  (index) =>
    `https://www.example/landing?utm_source=newsletter&utm_medium=email&utm_campaign=autumn-${index}&gclid=${token(40)}`,
  () =>
    `https://login.example/authorize?client_id=${hex(8)}&redirect_uri=${query('https://app.example/cb')}&state=${token(12)}&scope=openid%20email`,
  (index) => `https://search.example/?q=running+shoes+size+${index % 50}&page=${index % 9}&tab=images`,
  () => `https://maps.example/embed?zoom=12&layer=transit&style=dark&v=3.57`,
  () => `/static/fonts/inter-var-latin.woff2?h=${hex(6)}`,
  (index) => `/api/events?ts=${1_764_000_000 + index}&type=page_view&sid=${token(12)}&seq=${index}`,
  (index) => `https://video.example/watch?v=${token(8)}&t=${index % 600}s#comments`,
  () => `https://app.example/projects/${digits(6)}/boards/${digits(4)}?view=kanban&filter=status:open`,
  (index) => `https://docs.example/guide/getting-started/installation#step-${index % 12}`,
  () => `https://t.example/c/${token(18)}/${digits(7)}/open.gif`,
]

const claims = (payload) =>
  [{ alg: 'HS256', typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

/** What people really send; `email` is whose. */
const hostile = [
  (email) => `https://survey.example/s?email=${email}`,
  (email) => `https://survey.example/s?email=${query(email)}&first_name=Alice`,
  (email) => `https://survey.example/s?e=${query(query(email))}`,
  (email) => `https://survey.example/s?q=${Buffer.from(email).toString('base64')}`,
  (email) => `https://survey.example/r/${Buffer.from(email).toString('base64url')}`,
  (email) => `https://survey.example/s?id=${Buffer.from(email).toString('hex')}`,
  (email) => `https://survey.example/s?token=${claims({ sub: '1', email })}.${token(32)}`,
  (email) =>
    `https://survey.example/jfe/form/SV_1?Q_EED=${query(Buffer.from(JSON.stringify({ email })).toString('base64'))}`,
  (email) => `https://go.example/r?url=${query(`https://survey.example/s?email=${query(email)}`)}`,
  () => `https://survey.example/s?mobile=%2B3361234${digits(4)}&lang=fr`,
  () => 'https://survey.example/s?dob=1980-03-12&wave=2',
  () => `https://survey.example/s?customerNumber=${digits(7)}`,
  (email) => `https://survey.example/s?email_sha256=${createHash('sha256').update(email).digest('hex')}`,
  (email) => `https://survey.example/s/start#email=${email}`,
  () => 'https://survey.example/s?lat=48.8566&lng=2.3522',
]

/** Ordinary URLs. */
export function ordinaryUrls(count) {
  return Array.from({ length: count }, (_, index) => ordinary[index % ordinary.length](index))
}

/** URLs that carry personal data. */
export function hostileUrls(count) {
  return Array.from({ length: count }, (_, index) =>
    hostile[index % hostile.length](`alice.martin${index}@mail.example.org`),
  )
}

/** One in twenty is hostile. */
export function mixedUrls(count) {
  const bad = hostileUrls(count / 20)
  return ordinaryUrls(count).map((url, index) => (index % 20 === 19 ? (bad[(index - 19) / 20] ?? url) : url))
}
