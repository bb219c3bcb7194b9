# Completion of bantin for bash: commands, options, layouts, files. Installed as share/bash-completion/completions/bantin;
# without the package bash-completion, source it from ~/.bashrc.

_bantin()
{
    local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    local program=${COMP_WORDS[0]} options='' kind=''
    COMPREPLY=()

    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'new render batch validate check measure preflight layouts fonts schema doctor help --lang --help --version' -- "$cur")
        return
    fi
    case $command in
    new) options='--lang --help' kind=folder ;;
    render) options='-o --output --edition --value --compare --layout --palette --rendition --impose --paper --pages --pages-multiple --dump --report --font-dir --convert-legacy --strict --quiet --lang --help' kind=json ;;
    batch) options='-o --output --base -j --jobs --keep-going --max-failures --resume --retry-failed --wait --report --shard --shards --merge-reports --layout --palette --rendition --impose --paper --pages --pages-multiple --font-dir --convert-legacy --strict --quiet --lang --help' kind=manifest ;;
    validate) options='--base --value --layout --palette --rendition --font-dir --convert-legacy --strict --quiet --lang --help' kind=checked ;;
    check) options='--layout-only --tolerance --mask --pages --no-pixels --dpi --plates --json --junit --report --bless --all -j --jobs --quiet --lang --help' kind=pdf ;;
    measure) options='--json --layout --name --pages --lang --help' kind=pdf ;;
    preflight) options='--profile --pages --json --junit --report --list --strict --quiet --lang --help' kind=pdf ;;
    layouts) options='--names --palettes --lang --help' ;;
    fonts) options='--text --layout --font-dir --lang --help' ;;
    schema) options='--lang --help' kind=schema ;;
    help) kind=command ;;
    doctor) options='--font-dir --lang --help' ;;
    *) return ;;
    esac
    case $previous in
    --layout) if [[ $command == measure ]]; then kind=json; else kind=layout; fi ;;
    --mask | --tolerance | --all) kind=json ;;
    --json | --junit) kind=file ;;
    --profile) kind=profile ;;
    --palette) kind=palette ;;
    --edition | --base) kind=json ;;
    -o | --output) if [[ $command == batch ]]; then kind=folder; else kind=pdf; fi ;;
    --report) if [[ $command == check || $command == preflight ]]; then kind=folder; else kind=file; fi ;;
    --dump) kind=file ;;
    --font-dir) kind=folder ;;
    -j | --jobs | --max-failures | --shard | --shards | --text | --value | --pages | --pages-multiple | --paper | --dpi | --name) return ;;
    --rendition) kind=rendition ;;
    --impose) kind=imposition ;;
    --lang) kind=lang ;;
    *) if [[ $cur == -* ]]; then kind=option; fi ;;
    esac

    case $kind in
    option) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur") ;;
    rendition) mapfile -t COMPREPLY < <(compgen -W 'press screen proof' -- "$cur") ;;
    imposition) mapfile -t COMPREPLY < <(compgen -W 'booklet 2up 4up' -- "$cur") ;;
    profile) mapfile -t COMPREPLY < <(compgen -W 'press-coated press-uncoated news screen' -- "$cur") ;;
    lang) mapfile -t COMPREPLY < <(compgen -W 'en vi' -- "$cur") ;;
    schema) mapfile -t COMPREPLY < <(compgen -W 'bundle edition layout manifest report check measure checks mask tolerance' -- "$cur") ;;
    command) mapfile -t COMPREPLY < <(compgen -W 'new render batch validate check measure preflight layouts fonts schema doctor' -- "$cur") ;;
    layout)
        mapfile -t COMPREPLY < <(compgen -W "$("${program/#\~/$HOME}" layouts --names 2>/dev/null)" -- "$cur"
            _bantin_files "$cur" json) ;;
    palette)
        mapfile -t COMPREPLY < <(compgen -W "$("${program/#\~/$HOME}" layouts --palettes 2>/dev/null | cut -d ' ' -f 2- | sort -u)" -- "$cur") ;;
    json | pdf) mapfile -t COMPREPLY < <(_bantin_files "$cur" "$kind") ;;
    manifest) mapfile -t COMPREPLY < <(_bantin_files "$cur" jsonl
        _bantin_files "$cur" csv) ;;
    checked) mapfile -t COMPREPLY < <(_bantin_files "$cur" json
        compgen -f -X '!*.jsonl' -- "$cur"
        compgen -f -X '!*.csv' -- "$cur") ;;
    folder) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    file) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    esac
    case $kind in json | manifest | checked | pdf | folder | file | layout) compopt -o filenames 2>/dev/null ;; esac
}

# Folders, and files with an ending.
_bantin_files()
{
    compgen -d -- "$1"
    compgen -f -X "!*.$2" -- "$1"
}

complete -F _bantin bantin
