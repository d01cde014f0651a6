/** graphql-js checks at every step whether there are two copies of it, unless this says production. Imported before anything else. */
process.env.NODE_ENV ??= 'production'
