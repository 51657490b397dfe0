/**
 * Where in a URL a token sits.
 *
 * @module
 */

/**
 * - `path`: the last segment of the path. Queries and fragments that mail systems append are ignored.
 * - `fragment`: everything after `#`. Servers, their logs and the Referer header never see it; the page must read it.
 * - `query`: the parameter `t`.
 */
export type Placement = 'path' | 'fragment' | 'query'
