/**
 * What every page does in the browser: takes a token out of the address bar, prints, and moves the reader to messages.
 *
 * @module
 */

const { address } = document.body.dataset
// The token stays in the page's own form; history, bookmarks and shoulders see an address without it.
if (address !== undefined) history.replaceState(null, '', address)

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// Copying needs a gesture and a secure context; without the latter the button stays hidden.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = !window.isSecureContext
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset['copy'] ?? '')
    button.textContent = button.dataset['copied'] ?? ''
  })
}

document.querySelector<HTMLElement>('[role=alert][tabindex]')?.focus()
