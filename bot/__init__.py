"""Passerelle's service, in words of the trade: the map.

Start      __main__, cli, operate   python -m bot …; with invite_command, tagger_command, tag_command
           wrong_use                typer's refusals, in French
           doctor, identity         is everything in order; who the bot is
           demo/                    a local Telegram and a page of phones, no token, no internet
Set up     settings, logs           environment variables; log lines without content or token
           centres, toml_lines      centres.toml, refused with the line at fault
           apply                    the database says what the file says
           calendars                the school calendars of the zones, a centre's closures
           poster, pdf_page         an invitation to print; filenames: what such files are called
Meets      app                      the only place where everything meets
In         intake, web              write first, think later; the webhook, /healthz and the agendas
           heed                     the danger card, before everything else
           handling                 from the inbox to the handlers, in order per chat
           incoming, rights         what a use case is given; who may press what
Out        owe                      what a use case owes to a chat: rows of the outbox
           delivery, pace, sender   empties the outbox; Telegram's limits; the one door to Telegram
           arrival                  what becomes of what we owed
Time       scheduler, clock         a tick a second; what is due are rows

Use cases  joining, classes, invitations, confirming, leaving, departure, revocation   people come and go
           september                who is still there at the return
           relay, which_school, which_matter, follow_ups   a teacher's message reaches the right référente
           orientation              a message that is ready, which she reads and sends
           cards, actions, whose, why   the card, the receipt, and what is pressed on them
           answers, to_whom         the référente's words reach the teacher; never guessed for whom
           promises, nudges, later, callbacks, call_notes   a promise is kept; calls owed, calls received
           accepted, carry          which kinds of message pass, and how they stand under a card
           handover, absences, covers, team, staff   who reads, who covers
           rhythm, mornings         whose phone rings, and the morning word
           danger, alert, alert_plan, today   who must look now
           withdrawal, mending, erase   taking back, correcting
           corrections, learning    référentes' corrections teach the tagger, at night, centre by centre
           digest, period           the week tells itself, with digest_person, _centre, _waiting;
                                    so does a period of school
           picture, drawing, child  its picture, drawn by a process apart; learning_child is another
           meeting_lines, meeting_proposal   a line, or buttons, become a meeting, or several; with
                                    meeting_plan, _choices, _details, _days, _series_proposal
           meetings, meeting_series   kept and moved; with meeting_buttons, _bubbles, _agenda
           meeting_sides, meeting_leavers   who speaks for each side, and when she has left
           meeting_planning, _reminders, _notes   before it, and after it
           meeting_calendars        when the calendar changes under it
           feeds, ical              meetings in people's own agendas
           help, groups             `/aide`; in a group the bot leaves

Pure       rules/                   no await, no clock, no database, no Telegram
Sentences  texts/                   every sentence a person reads, in French

Imports point down only: start → app → handlers, scheduler → use cases → storage, sender, texts →
rules, settings. ``sqlalchemy`` stays in storage/, ``telegram`` in handlers/, app, sender and intake,
``apscheduler`` in scheduler. tests/test_conventions.py holds this.
"""
