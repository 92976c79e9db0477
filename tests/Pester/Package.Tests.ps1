BeforeDiscovery {
    $toolless = (Get-Command -Name Publish-PSResource -ErrorAction Ignore) ? '' : ' (needs PSResourceGet)'
}

Describe 'The packed module' {
    BeforeAll {
        $build = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../build.ps1")
        $staged = (Get-Module -Name EgressNet).ModuleBase

        # What a new session says to a script, line by line; HOME and what else is the user's are its own.
        function Invoke-Fresh([string] $Script) {
            $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
            foreach ($word in "$PSHOME/pwsh.dll", '-NoProfile', '-NonInteractive', '-Command', $Script) {
                $start.ArgumentList.Add($word)
            }

            $start.Environment['HOME'] = "$TestDrive/home"
            'PSModulePath', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME' |
                ForEach-Object { $null = $start.Environment.Remove($_) }
            $start.Environment['NO_COLOR'] = '1'
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $complaint = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            $complaint.Result | Should -BeNullOrEmpty
            $output.TrimEnd().Split("`n")
        }

        # .NET does not name a folder that is not there.
        $null = New-Item $TestDrive/home/.local/share -ItemType Directory
    }

    It "goes through a repository and is imported by name$toolless" -Skip:($toolless -ne '') {
        $null = New-Item "$TestDrive/repository" -ItemType Directory
        $lines = Invoke-Fresh @"
            `$ErrorActionPreference = 'Stop'
            `$ProgressPreference = 'SilentlyContinue'
            `$package = & '$build' -Task Pack -NoBuild -PackagePath '$TestDrive/package'
            Register-PSResourceRepository -Name local -Uri '$TestDrive/repository' -Trusted
            Publish-PSResource -NupkgPath `$package -Repository local
            Install-PSResource -Name EgressNet -Repository local
            Import-Module -Name EgressNet
            (Get-Module -Name EgressNet).ModuleBase
            (Get-NetAdapter lo).ifIndex
            (Get-Help Get-NetRoute).Synopsis
            (Find-PSResource EgressNet -Repository local).Tags -join ' '
"@
        $folder = "$TestDrive/home/.local/share/powershell/Modules/EgressNet/0.1.0"
        $lines[0..2] | Should -Be $folder, '1', 'Lists routes.'
        $lines[3].Split(' ') | Should -Contain 'PSEdition_Core'
        [System.IO.Path]::Exists("$folder/LICENSE") | Should -BeTrue
    }

    It 'is installed in the module path as staged, also once more' {
        $folders = $staged, "$TestDrive/my [modules]/EgressNet/0.1.0"
        1..2 | ForEach-Object { & $build -Task Install -NoBuild -ModulePath "$TestDrive/my [modules]" } |
            Should -Be $folders[1], $folders[1]
        $lists = foreach ($folder in $folders) {
            , (Get-ChildItem -LiteralPath $folder -Recurse -File | ForEach-Object { $_.FullName.Substring($folder.Length) })
        }

        $lists[1] | Should -Be $lists[0]
    }

    It 'warns once of a second copy' {
        Copy-Item $staged "$TestDrive/second/EgressNet" -Recurse
        $lines = Invoke-Fresh "Import-Module '$staged'; Import-Module '$TestDrive/second/EgressNet'; (Get-NetAdapter lo).ifIndex"
        $lines | Should -HaveCount 2
        $lines[0] | Should -BeLike "WARNING: '$TestDrive/second/EgressNet*' is a second copy of EgressNet: * '$staged*',*"
        $lines[1] | Should -Be '1'
    }

    It 'says nothing of the same copy by another path' {
        $null = New-Item -ItemType SymbolicLink -Path "$TestDrive/link" -Target (Split-Path $staged)
        Invoke-Fresh "Import-Module '$staged'; Import-Module '$TestDrive/link/EgressNet'; (Get-NetAdapter lo).ifIndex" |
            Should -BeExactly '1'
        Invoke-Fresh "Import-Module '$TestDrive/link/EgressNet'; Import-Module '$staged'; (Get-NetAdapter lo).ifIndex" |
            Should -BeExactly '1'
    }

    It 'says nothing of what hides no cmdlet that is imported: <_>' -ForEach @(
        '-Prefix X', '-Pre X', '-Cmdlet New-NetRoute', '-Cmdlet New-NetRoute, Set-*', '-NoClobber -WarningAction Continue'
    ) {
        Invoke-Fresh @"
            New-Module -Name Foreign { function Get-NetRoute { } } | Import-Module
            Import-Module '$staged' $_
            (Get-Module EgressNet).Name
"@ | Should -BeExactly 'EgressNet'
    }

    It 'warns of what hides a cmdlet that is imported: <_>' -ForEach @(
        '-Cmdlet Get-NetRoute', '-Cmdlet New-NetRoute, Get-*', '-Force', '-Cmdlet $chosen'
    ) {
        $lines = Invoke-Fresh @"
            New-Module -Name Foreign { function Get-NetRoute { } } | Import-Module
            `$chosen = 'Get-NetRoute'
            Import-Module '$staged' $_
"@
        $lines | Should -BeLike 'WARNING: * hide cmdlets of EgressNet: Get-NetRoute (Function of Foreign). *'
    }

    It 'says of a splatted table that it does not see it' {
        $lines = Invoke-Fresh @"
            New-Module -Name Foreign { function Get-NetRoute { } } | Import-Module
            `$options = @{ Prefix = 'X' }
            Import-Module '$staged' @options
"@
        $lines | Should -BeLike 'WARNING: * hide cmdlets of EgressNet: *splatted -Prefix*not seen*'
    }

    It 'is packed into any folder' {
        1..2 | ForEach-Object { & $build -Task Pack -NoBuild -PackagePath "$TestDrive/my [packages]" } |
            Should -BeExactly (@("$TestDrive/my [packages]/EgressNet.0.1.0.nupkg") * 2)
        (Get-ChildItem -LiteralPath "$TestDrive/my [packages]").Name | Should -BeExactly 'EgressNet.0.1.0.nupkg'
    }

    It 'is not built with an argument that the task does not take' {
        { & $build Install foo -NoBuild -ModulePath "$TestDrive/none" } | Should -Throw "*'foo'*Install*"
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'warns once of what hides its cmdlets' {
        $lines = Invoke-Fresh @"
            New-Module -Name Foreign { function Get-NetRoute { }; function Get-Other { } } | Import-Module
            Set-Alias New-NetRoute Get-Date
            Import-Module '$staged'
            (EgressNet\Get-NetAdapter lo).ifIndex
"@
        $lines | Should -HaveCount 2
        $lines[0] | Should -BeLike ('WARNING: * hide cmdlets of EgressNet: New-NetRoute (Alias), ' +
            'Get-NetRoute (Function of Foreign). Call *EgressNet\New-NetRoute.')
        $lines[1] | Should -Be '1'
    }
}
