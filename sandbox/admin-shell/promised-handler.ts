// Lets a request handler be a promise: what it throws goes to Express, as from any other handler.

import type { Request, RequestHandler, Response } from "express";

export function promised(answer: (request: Request, response: Response) => Promise<void> | void): RequestHandler {
  return (request, response, next) => {
    Promise.resolve()
      .then(() => answer(request, response))
      .catch(next);
  };
}
