# Completion of drumgen for fish.
function __drumgen_complete
    set -l words (commandline -opc)[2..-1] (commandline -ct)
    for line in (drumgen __complete $words 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c drumgen -f -a '(__drumgen_complete)'
