# A token restores its variable once; a variable without a value raises; a context is entered once at a time.
import contextvars

var = contextvars.ContextVar("var")
other = contextvars.ContextVar("other", default="default")


async def main():
    for misuse in (lambda: var.get(), lambda: other.reset(var.set("set"))):
        try:
            misuse()
        except (LookupError, ValueError) as error:
            trace(error)
    trace(var.get(), var.get("fallback"), other.get("fallback"), other.get())
    token = other.set("changed")
    other.reset(token)
    try:
        other.reset(token)
    except RuntimeError as error:
        trace(error, other.get())
    context = contextvars.copy_context()
    try:
        context.run(lambda: context.run(lambda: None))
    except RuntimeError as error:
        trace(error)
    context.run(lambda: var.set("inside"))
    trace(var.get(), context[var], var in context, other in context)
