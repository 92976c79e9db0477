BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NetNamespace$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $stem = Get-NewName 'egns'
        $a, $b, $c = "$stem-a", "$stem-b", "$stem-c"
    }

    AfterEach {
        Remove-IfThere $a, $b, $c
    }

    Context 'New-NetNamespace' {
        It 'makes a namespace that ip netns sees' {
            $made = New-NetNamespace $a
            $made | Should -BeOfType 'EgressNet.NetNamespace'
            Invoke-Ip netns list | ForEach-Object { "$_".Split(' ')[0] } | Should -Contain $a
        }

        It 'says name, path and identity' {
            $made = New-NetNamespace -Name $a
            $made.Name | Should -Be $a
            $made.Path | Should -Be "/run/netns/$a"
            "$($made.Inode)" | Should -Be (stat -Lc %i "/run/netns/$a")
            "$made" | Should -Be $a
        }

        It 'takes names from the pipeline, in order' {
            ($a, $b | New-NetNamespace).Name | Should -Be $a, $b
        }

        It 'takes names by property name' {
            ([pscustomobject]@{ Name = $a } | New-NetNamespace).Name | Should -Be $a
        }

        It 'is an error for a name that is there' {
            Invoke-Ip netns add $a
            $fault = Assert-Fault { New-NetNamespace $a } NetNamespaceAlreadyExists ResourceExists
            $fault.TargetObject | Should -Be $a
        }

        It 'replaces it with -Force' {
            $old = New-NetNamespace $a
            $new = New-NetNamespace $a -Force
            $new.Inode | Should -Not -Be $old.Inode
        }

        It 'goes on after a bad item, in input order' {
            Invoke-Ip netns add $b
            $trial = Invoke-Trial { $a, $b, $c | New-NetNamespace }
            $trial.Output.Name | Should -Be $a, $c
            $trial.Errors | Should -HaveCount 1
            $trial.Errors[0].TargetObject | Should -Be $b
        }

        It 'makes nothing with -WhatIf' {
            New-NetNamespace $a -WhatIf | Should -BeNullOrEmpty
            [System.IO.File]::Exists("/run/netns/$a") | Should -BeFalse
        }

        It 'asks nothing with -Confirm:$false' {
            (New-NetNamespace $a -Confirm:$false).Name | Should -Be $a
        }

        It 'refuses the name <_>' -ForEach '..', '.', 'a/b' {
            $name = $_
            $fault = Assert-Fault { New-NetNamespace $name } InvalidArgument InvalidArgument
            $fault.Exception.Message | Should -BeLike "*'$name'*"
        }
    }

    Context 'Get-NetNamespace' {
        BeforeEach {
            Invoke-Ip netns add $a
            Invoke-Ip netns add $b
        }

        It 'lists those that ip netns lists' {
            $names = (Get-NetNamespace).Name
            $names | Should -Contain $a
            $names | Should -Contain $b
        }

        It 'takes a name at position 0, a wildcard and several' {
            (Get-NetNamespace $a).Name | Should -Be $a
            (Get-NetNamespace "$stem-*").Name | Should -Be $a, $b
            (Get-NetNamespace $b, $a).Name | Should -Be $b, $a
        }

        It 'minds the case' {
            Get-NetNamespace "$($stem.ToUpperInvariant())-*" | Should -BeNullOrEmpty
        }

        It 'takes names from the pipeline' {
            ($b, $a | Get-NetNamespace).Name | Should -Be $b, $a
        }

        It 'takes a path and a process id' {
            (Get-NetNamespace "/run/netns/$a").Path | Should -Be "/run/netns/$a"
            "$((Get-NetNamespace $PID).Inode)" | Should -Be (stat -Lc %i /proc/self/ns/net)
        }

        It 'is an error for a literal that is not there' {
            $fault = Assert-Fault { Get-NetNamespace $c } NetNamespaceNotFound ObjectNotFound
            $fault.TargetObject | Should -Be $c
            $fault.Exception.Message | Should -BeLike "*$c*"
        }

        It 'is silent for a wildcard that matches nothing' {
            $trial = Invoke-Trial { Get-NetNamespace "$c-*" }
            $trial.Errors | Should -HaveCount 0
            $trial.Output | Should -HaveCount 0
        }

        It 'goes on after a bad item' {
            $trial = Invoke-Trial { Get-NetNamespace $a, $c, $b }
            $trial.Output.Name | Should -Be $a, $b
            $trial.Errors | Should -HaveCount 1
        }
    }

    Context 'Remove-NetNamespace' {
        BeforeEach {
            Invoke-Ip netns add $a
            Invoke-Ip netns add $b
        }

        It 'removes by name, and says nothing' {
            Remove-NetNamespace $a | Should -BeNullOrEmpty
            [System.IO.File]::Exists("/run/netns/$a") | Should -BeFalse
            [System.IO.File]::Exists("/run/netns/$b") | Should -BeTrue
        }

        It 'removes by wildcard' {
            Remove-NetNamespace "$stem-*"
            Get-NetNamespace "$stem-*" | Should -BeNullOrEmpty
        }

        It 'removes what Get-NetNamespace emits' {
            Get-NetNamespace $b | Remove-NetNamespace
            (Get-NetNamespace "$stem-*").Name | Should -Be $a
        }

        It 'removes by property name' {
            [pscustomobject]@{ Name = $b } | Remove-NetNamespace
            (Get-NetNamespace "$stem-*").Name | Should -Be $a
        }

        It 'emits what it removed with -PassThru' {
            (Remove-NetNamespace $a, $b -PassThru).Name | Should -Be $a, $b
        }

        It 'removes nothing with -WhatIf' {
            Remove-NetNamespace $a -WhatIf -PassThru | Should -BeNullOrEmpty
            [System.IO.File]::Exists("/run/netns/$a") | Should -BeTrue
        }

        It 'asks nothing with -Confirm:$false' {
            Remove-NetNamespace $a -Confirm:$false
            [System.IO.File]::Exists("/run/netns/$a") | Should -BeFalse
        }

        It 'is an error for a literal that is not there, and goes on' {
            $trial = Invoke-Trial { Remove-NetNamespace $a, $c, $b -PassThru }
            $trial.Output.Name | Should -Be $a, $b
            $trial.Errors[0].FullyQualifiedErrorId |
                Should -Be 'NetNamespaceNotFound,EgressNet.Commands.RemoveNetNamespaceCommand'
            "$($trial.Errors[0].CategoryInfo.Category)" | Should -Be 'ObjectNotFound'
            $trial.Errors[0].TargetObject | Should -Be $c
        }

        It 'is silent for a wildcard that matches nothing' {
            (Invoke-Trial { Remove-NetNamespace "$c-*" }).Errors | Should -HaveCount 0
        }
    }

    Context 'completion' {
        It 'offers the names' {
            Invoke-Ip netns add $a
            Invoke-Ip netns add $b
            Get-Completion "Get-NetNamespace $stem" | Should -Be $a, $b
            Get-Completion "Remove-NetNamespace -Name $stem-b" | Should -Be $b
            Get-Completion "Get-NetAdapter -NetNamespace $stem-a" | Should -Be $a
        }
    }
}
