# stop finishes the turn it is called in; called before the loop runs, it lets exactly one turn pass.
def program():
    def again():
        trace("next turn")

    def first():
        trace("first")
        loop.stop()
        loop.call_soon(again)

    loop = loop_factory()
    loop.call_soon(first)
    loop.call_soon(trace, "same turn")
    loop.run_forever()
    trace("stopped", loop.is_running())
    loop.stop()
    loop.call_later(0, trace, "due already")
    loop.call_later(1, trace, "later")
    loop.run_forever()
    trace("stopped again")
    loop.call_later(1, loop.stop)
    loop.run_forever()
    loop.close()
    trace(loop.is_closed())
    try:
        loop.call_soon(trace, "never")
    except RuntimeError as error:
        trace(error)
